package org.retailhub.channel.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.retailhub.channel.StockMappings;
import org.retailhub.channel.api.ChannelError;
import org.retailhub.channel.domain.StockTelling;
import org.retailhub.platform.kernel.RetailException;
import org.retailhub.platform.kernel.RetailException.Violation;

/** What a channel calls SKUs and places, as an operator says it. */
@Schema(name = "NewStockNames")
record NewStockNames(
        @Nullable List<@Nullable Item> items, @Nullable List<@Nullable Place> locations) {
    static final String EXAMPLE =
            "{\"items\":[{\"sku\":\"MUG-WHITE\",\"channelItem\":\"808950810\"}],\"locations\":[{\"channelLocation\":\"905684977\"}]}";
    private static final int MOST = 1_000;
    private static final int LONGEST = 64;

    /** A SKU. */
    @Schema(name = "StockItemName")
    record Item(
            @Schema(required = true, examples = "MUG-WHITE") @Nullable
            String sku,

            @Schema(required = true, description = "Such as Shopify's inventory item id", examples = "808950810")
            @Nullable
            String channelItem) {
        static Item of(StockMappings.Item item) {
            return new Item(item.sku(), item.channelItem());
        }
    }

    /** A place. */
    @Schema(name = "StockLocationName")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Place(
            @Schema(description = "Absent: all that the channel sells from, as one place", examples = "berlin-1")
            @Nullable
            String location,

            @Schema(
                    required = true,
                    description = "Such as Shopify's location id; empty: the channel is told nothing of this place",
                    examples = "905684977")
            @Nullable
            String channelLocation) {
        static Place of(StockMappings.Place place) {
            return new Place(place.location().isEmpty() ? null : place.location(), place.channelLocation());
        }
    }

    /** @throws RetailException {@link ChannelError#INVALID_STOCK_NAME} with each faulty field */
    List<StockMappings.Item> checkedItems(StockTelling telling) {
        List<StockMappings.Item> checked = new ArrayList<>();
        List<Violation> faults = new ArrayList<>();
        Set<String> names = new HashSet<>();
        List<@Nullable Item> given = items == null ? List.of() : items;
        if (given.size() > MOST) {
            faults.add(new Violation("items", "1,000 at most"));
        }
        for (int i = 0; i < Math.min(MOST, given.size()); i++) {
            Item item = given.get(i);
            String sku = item == null ? null : item.sku();
            String name = item == null ? null : item.channelItem();
            if (sku == null || !isKey(sku) || !names.add("ours " + sku)) {
                faults.add(new Violation("items[" + i + "].sku", "64 characters at most, and once"));
            }
            if (name == null || !telling.isItem(name) || !names.add("theirs " + name)) {
                faults.add(new Violation("items[" + i + "].channelItem", "an id of the channel's, and once"));
            }
            if (sku != null && name != null) {
                checked.add(new StockMappings.Item(sku, name));
            }
        }
        refuse(faults);
        return checked;
    }

    /** @throws RetailException {@link ChannelError#INVALID_STOCK_NAME} with each faulty field */
    List<StockMappings.Place> checkedPlaces(StockTelling telling) {
        List<StockMappings.Place> checked = new ArrayList<>();
        List<Violation> faults = new ArrayList<>();
        Set<String> names = new HashSet<>();
        List<@Nullable Place> given = locations == null ? List.of() : locations;
        if (given.size() > MOST) {
            faults.add(new Violation("locations", "1,000 at most"));
        }
        if (given.isEmpty() && (items == null || items.isEmpty())) {
            faults.add(new Violation("items", "items or locations are required"));
        }
        for (int i = 0; i < Math.min(MOST, given.size()); i++) {
            Place place = given.get(i);
            String location = place == null || place.location() == null ? StockMappings.POOL : place.location();
            String name = place == null ? null : place.channelLocation();
            boolean isOne = location.isEmpty() || isKey(location);
            if (!isOne || !names.add("ours " + location)) {
                faults.add(new Violation("locations[" + i + "].location", "64 characters at most, and once"));
            }
            boolean isTold = name != null && !name.isEmpty();
            if (name == null || isTold && (!telling.isLocation(name) || !names.add("theirs " + name))) {
                faults.add(new Violation("locations[" + i + "].channelLocation", "an id of the channel's, and once"));
            }
            if (name != null) {
                checked.add(new StockMappings.Place(location, name));
            }
        }
        refuse(faults);
        return checked;
    }

    private static boolean isKey(String text) {
        return !text.isBlank()
                && text.length() <= LONGEST
                && text.equals(text.strip())
                && text.chars().noneMatch(Character::isISOControl);
    }

    private static void refuse(List<Violation> faults) {
        if (!faults.isEmpty()) {
            throw new RetailException(
                    ChannelError.INVALID_STOCK_NAME,
                    faults.get(0).field() + ": " + faults.get(0).message(),
                    faults,
                    null);
        }
    }
}
