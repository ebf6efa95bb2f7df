package org.retailhub.inventory.canonical;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.retailhub.inventory.api.InventoryError;
import org.retailhub.platform.kernel.RetailException;

/**
 * What is to be given back or has left, checked; twin items are one.
 *
 * @param items empty for all that is still held
 */
public record StepDocument(String document, List<Item> items) {
    private static final int MOST_ITEMS = 200;

    /** Some of a SKU at a location. */
    public record Item(String sku, String location, BigDecimal quantity) {}

    /**
     * @param parent path with its dot
     * @throws RetailException {@link InventoryError#INVALID_STEP} with all faults
     */
    public static StepDocument check(String parent, WireStep wire) {
        Faults faults = new Faults();
        String document = faults.key(parent + "document", wire.document(), 128);
        Map<String, Item> sums = new TreeMap<>();
        List<WireStep.@Nullable Item> items = wire.items() == null ? List.of() : wire.items();
        if (items.size() > MOST_ITEMS) {
            faults.add(parent + "items", "has more than " + MOST_ITEMS);
            items = List.of();
        }
        for (int i = 0; i < items.size(); i++) {
            WireStep.Item each = items.get(i);
            String path = parent + "items[" + i + "]";
            if (each == null) {
                faults.add(path, "is required");
                continue;
            }
            String sku = MovementCheck.sku(faults, path + ".sku", each.sku());
            String location = faults.name(path + ".location", each.location());
            BigDecimal quantity = faults.positive(path + ".quantity", each.quantity());
            if (sku != null && location != null && quantity != null) {
                sums.merge(
                        location + "/" + sku,
                        new Item(sku, location, quantity),
                        (a, b) -> new Item(a.sku(), a.location(), a.quantity().add(b.quantity())));
            }
        }
        faults.refuse(InventoryError.INVALID_STEP);
        return new StepDocument(
                Objects.requireNonNull(document, "what is not there is a fault"), new ArrayList<>(sums.values()));
    }

    /** By which an equal one is known. */
    public String content() {
        return items.isEmpty()
                ? "all"
                : items.stream()
                        .map(item -> item.location() + "/" + item.sku() + " "
                                + item.quantity().toPlainString())
                        .collect(Collectors.joining("\n"));
    }
}
