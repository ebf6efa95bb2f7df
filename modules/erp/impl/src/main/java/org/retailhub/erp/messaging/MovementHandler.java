package org.retailhub.erp.messaging;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.retailhub.erp.StockTarget;
import org.retailhub.erp.api.ErpError;
import org.retailhub.erp.domain.MovementAdapter;
import org.retailhub.erp.domain.MovementBooking;
import org.retailhub.erp.domain.Resolution;
import org.retailhub.erp.domain.StockPosting;
import org.retailhub.inventory.api.MovementKind;
import org.retailhub.inventory.api.StockMoved;
import org.retailhub.masterdata.api.Locations;
import org.retailhub.masterdata.api.ProductView;
import org.retailhub.masterdata.api.Products;
import org.retailhub.platform.kernel.Envelope;
import org.retailhub.platform.kernel.RetailException;
import org.retailhub.platform.kernel.Sku;
import org.retailhub.platform.kernel.Ulid;
import org.retailhub.platform.runtime.RuntimeError;
import org.retailhub.platform.runtime.messaging.BatchHandler;
import org.retailhub.platform.runtime.messaging.Verdict;
import org.retailhub.platform.runtime.rest.StrictJson;
import org.retailhub.platform.runtime.sql.SqlFailures;
import org.retailhub.platform.runtime.trace.Trace;

/**
 * Brings movements of stock into one ERP, a batch in one XA transaction: our rows, the ERP's rows and the queue agree at any time. What
 * left for an order is not booked: the order's posting tells the ERP, and {@link MovementPoller} finds out when.
 */
public final class MovementHandler<F extends MovementAdapter.Facts, D>
        implements BatchHandler<MovementHandler.Facts<F>, MovementEffect<D>> {
    private static final Logger LOG = Logger.getLogger(MovementHandler.class);
    private static final ObjectReader BODY =
            StrictJson.mapper().readerFor(StockMoved.class).without(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    private static final Pattern SEVERAL = Pattern.compile("(.{26})-\\d{1,6}");

    /**
     * What deciding on a batch needs.
     *
     * @param moved what each message says, by its id; those that cannot be read are in {@code faults}
     * @param items the ERP's by tenant, then SKU
     * @param warehouses the ERP's by tenant, then location
     * @param postings by key; what is here is locked
     */
    record Facts<F extends MovementAdapter.Facts>(
            Map<String, StockMoved> moved,
            Map<String, String> faults,
            Map<String, Map<String, String>> items,
            Map<String, Map<String, String>> warehouses,
            F erp,
            Map<String, StockPosting> postings) {}

    private final StockTarget<F, D> target;
    private final Products products;
    private final Locations locations;
    private final Trace trace;
    private final Clock clock;

    public MovementHandler(StockTarget<F, D> target, Products products, Locations locations, Trace trace, Clock clock) {
        this.target = target;
        this.products = products;
        this.locations = locations;
        this.trace = trace;
        this.clock = clock;
    }

    @Override
    public boolean mayReceive() {
        return target.circuit().mayPass();
    }

    @Override
    public Facts<F> load(List<Envelope> batch) {
        Map<String, StockMoved> moved = new HashMap<>();
        Map<String, String> faults = new HashMap<>();
        Map<String, Set<String>> skus = new TreeMap<>();
        Map<String, Set<String>> places = new TreeMap<>();
        Set<String> kinds = new TreeSet<>();
        for (Envelope message : batch) {
            try {
                StockMoved body = read(message);
                moved.put(message.messageId(), body);
                if (!isByOrder(body)) {
                    skus.computeIfAbsent(message.tenant(), t -> new TreeSet<>()).add(body.sku());
                    places.computeIfAbsent(message.tenant(), t -> new TreeSet<>())
                            .add(body.location());
                    kinds.add(body.kind());
                }
            } catch (IllegalArgumentException e) {
                faults.put(message.messageId(), String.valueOf(e.getMessage()));
            }
        }
        Map<String, Map<String, String>> items = new HashMap<>();
        skus.forEach((tenant, wanted) -> items.put(tenant, items(tenant, wanted)));
        Map<String, Map<String, String>> warehouses = new HashMap<>();
        places.forEach((tenant, wanted) -> warehouses.put(tenant, warehouses(tenant, wanted)));
        Map<String, StockPosting> known =
                target.postings().lock(batch.stream().map(Envelope::businessKey).collect(Collectors.toSet()));
        F erp = target.adapter()
                .load(new MovementAdapter.Questions(
                        batch.stream().map(Envelope::messageId).collect(Collectors.toSet()),
                        values(items),
                        values(warehouses),
                        kinds));
        return new Facts<>(moved, faults, items, warehouses, erp, known);
    }

    /** @throws IllegalArgumentException saying why it cannot be read */
    static StockMoved read(Envelope message) {
        @Nullable StockMoved body;
        try {
            body = BODY.readValue(message.body());
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e.getOriginalMessage(), e);
        }
        if (body == null) {
            throw new IllegalArgumentException("the body is null");
        }
        String key = StockMoved.businessKey(message.tenant(), body.feed(), body.sourceKey());
        if (!key.equals(message.businessKey()) || !body.tenant().equals(message.tenant())) {
            throw new IllegalArgumentException("the message's key is not that of its movement");
        }
        if (body.quantity().signum() == 0) {
            throw new IllegalArgumentException("quantity is 0");
        }
        return body;
    }

    private Map<String, String> items(String tenant, Set<String> skus) {
        Map<String, String> items = new HashMap<>();
        Map<Sku, ProductView> known = products.bySku(
                tenant, skus.stream().filter(Sku::isValid).map(Sku::new).collect(Collectors.toSet()));
        known.forEach((sku, product) -> {
            if (product.erpItem() != null) {
                items.put(sku.value(), product.erpItem());
            }
        });
        return items;
    }

    private Map<String, String> warehouses(String tenant, Set<String> wanted) {
        Map<String, String> warehouses = new HashMap<>();
        locations.byId(tenant, wanted).forEach((id, location) -> {
            String warehouse = location.erpWarehouse();
            if (warehouse != null) {
                warehouses.put(id, warehouse);
            }
        });
        return warehouses;
    }

    private static Set<String> values(Map<String, Map<String, String>> byTenant) {
        Set<String> all = new HashSet<>();
        byTenant.values().forEach(each -> all.addAll(each.values()));
        return all;
    }

    private static boolean isByOrder(StockMoved moved) {
        return moved.kind().equals(MovementKind.CONSUMPTION.wire())
                || moved.kind().equals(MovementKind.SALE.wire()) && moved.reference() != null;
    }

    /** An order's further reservations bear its id, a hyphen and a number. */
    private static String orderId(String reference) {
        Matcher several = SEVERAL.matcher(reference);
        return several.matches() && Ulid.isValid(several.group(1)) ? several.group(1) : reference;
    }

    @Override
    public Verdict<MovementEffect<D>> decide(Envelope message, Facts<F> facts) {
        if (!message.type().equals(StockMoved.TYPE)) {
            return Verdict.park(RuntimeError.UNKNOWN_MESSAGE_TYPE, message.type());
        }
        StockMoved moved = facts.moved().get(message.messageId());
        if (moved == null) {
            return Verdict.park(ErpError.UNREADABLE_MOVEMENT, facts.faults().getOrDefault(message.messageId(), ""));
        }
        StockPosting known = facts.postings().get(message.businessKey());
        if (isByOrder(moved)) {
            return Verdict.handle(new MovementEffect<>(
                    null,
                    false,
                    known == null
                            ? StockPosting.byOrder(
                                    message, moved, orderId(String.valueOf(moved.reference())), clock.instant())
                            : null,
                    known == null ? "by-order" : "already-done"));
        }
        if (facts.erp().handled(message.messageId())) {
            // We may have forgotten it, the ERP has not.
            return Verdict.handle(new MovementEffect<>(
                    null,
                    false,
                    known == null ? StockPosting.written(message, moved, null, clock.instant()) : null,
                    "already-written"));
        }
        return write(message, moved, known, facts);
    }

    private Verdict<MovementEffect<D>> write(
            Envelope message, StockMoved moved, @Nullable StockPosting known, Facts<F> facts) {
        String item = facts.items().getOrDefault(message.tenant(), Map.of()).get(moved.sku());
        if (item == null) {
            return Verdict.park(ErpError.UNMAPPED_PRODUCT, moved.sku());
        }
        String warehouse =
                facts.warehouses().getOrDefault(message.tenant(), Map.of()).get(moved.location());
        if (warehouse == null) {
            return Verdict.park(ErpError.UNMAPPED_LOCATION, moved.location());
        }
        Resolution<D> resolution =
                target.adapter().resolve(new MovementBooking(message.messageId(), moved, item, warehouse), facts.erp());
        if (resolution instanceof Resolution.Fault<D> fault) {
            return Verdict.park(fault.error(), fault.detail());
        }
        return Verdict.handle(new MovementEffect<>(
                ((Resolution.Bookable<D>) resolution).document(),
                true,
                StockPosting.written(message, moved, known, clock.instant()),
                "written"));
    }

    @Override
    public boolean traces(Envelope message) {
        return true;
    }

    @Override
    public void write(List<Decided<MovementEffect<D>>> good, Facts<F> facts) {
        List<D> rows = new ArrayList<>();
        List<Envelope> mark = new ArrayList<>();
        List<StockPosting> after = new ArrayList<>();
        List<Trace.Hop> hops = new ArrayList<>();
        for (Decided<MovementEffect<D>> decided : good) {
            Envelope message = decided.message();
            MovementEffect<D> effect = decided.effect();
            D row = effect.row();
            if (row != null) {
                rows.add(row);
            }
            if (effect.mark()) {
                mark.add(message);
            }
            StockPosting posting = effect.after();
            if (posting != null) {
                after.add(posting);
            }
            hops.add(new Trace.Hop(
                    message.businessKey(),
                    message.tenant(),
                    effect.hop(),
                    message.messageId(),
                    target.adapter().target()));
        }
        if (!rows.isEmpty() || !mark.isEmpty()) {
            target.adapter().write(rows, mark);
        }
        target.postings().store(after);
        trace.record(hops);
    }

    /** Of all that inventory tells, movements come to this queue. */
    @Override
    public Set<String> awaited(Set<String> keys) {
        return keys.stream().filter(key -> key.startsWith(StockMoved.KEYS)).collect(Collectors.toSet());
    }

    @Override
    public void failed(RuntimeException failure) {
        boolean wasClosed = target.circuit().isClosed();
        if (failure instanceof RetailException retail && retail.code() == ErpError.ERP_DOWN) {
            target.circuit().failed(failure);
        } else if (SqlFailures.isDependencyDown(failure)) {
            target.circuit().suspect();
        }
        if (wasClosed && !target.circuit().isClosed()) {
            LOG.warnf(
                    "%s %s: the circuit of stock opens: %s",
                    ErpError.ERP_DOWN.code(),
                    target.adapter().target(),
                    target.circuit().state().reason());
        }
    }

    @Override
    public void committed() {
        target.circuit().succeeded();
    }
}
