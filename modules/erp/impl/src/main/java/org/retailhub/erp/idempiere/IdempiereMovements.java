package org.retailhub.erp.idempiere;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.retailhub.erp.api.ErpError;
import org.retailhub.erp.domain.ErpVerdict;
import org.retailhub.erp.domain.MovementAdapter;
import org.retailhub.erp.domain.MovementBooking;
import org.retailhub.erp.domain.Resolution;
import org.retailhub.erp.domain.Resolution.Bookable;
import org.retailhub.erp.domain.Resolution.Fault;
import org.retailhub.inventory.api.StockMoved;
import org.retailhub.platform.kernel.Envelope;
import org.retailhub.platform.runtime.sql.Database;

/** iDempiere, ADempiere or Compiere by their import of inventories. In XA with the hub; exactly once by {@code rh_posting}. */
public final class IdempiereMovements implements MovementAdapter<IdempiereMovements.Facts, MovementRow> {
    // The first branch bounds how long this transaction may wait for a lock.
    private static final String FACTS = """
            select 'timeout', set_config('lock_timeout', '3000', true), 0::numeric, null
            union all
            select 'handled', message_id, 0, null from rh_posting where message_id = any(?)
            union all
            select 'product', value, m_product_id, null from m_product
            where value = any(?) and isactive = 'Y' and ad_client_id in (0, ?)
            union all
            select 'locator', w.value, l.m_locator_id, l.value from m_warehouse w cross join lateral (
              select m_locator_id, value from m_locator where m_warehouse_id = w.m_warehouse_id and isactive = 'Y'
              order by isdefault desc, m_locator_id limit 1) l
            where w.value = any(?) and w.isactive = 'Y' and w.ad_client_id in (0, ?)
            union all
            select 'charge', name, c_charge_id, null from c_charge
            where name = any(?) and isactive = 'Y' and ad_client_id in (0, ?)""";

    private static final String VERDICTS = """
            select q.message, i.i_isimported, i.m_inventory_id::bigint::text, trim(both ', ' from coalesce(i.i_errormsg, ''))
            from unnest(?, ?) as q(message, uu) join i_inventory i on i.i_inventory_uu = q.uu
            where i.i_isimported <> 'N' or trim(coalesce(i.i_errormsg, '')) <> ''""";

    /** What the ERP's database answered for one batch. Filled once, then only read. */
    public static final class Facts implements MovementAdapter.Facts {
        private record Locator(long id, String value) {}

        private final Set<String> handled = new HashSet<>();
        private final Map<String, Long> products = new HashMap<>();
        private final Map<String, Locator> locators = new HashMap<>();
        private final Map<String, Long> charges = new HashMap<>();

        @Override
        public boolean handled(String messageId) {
            return handled.contains(messageId);
        }

        private Facts add(ResultSet row) throws SQLException {
            String value = row.getString(2);
            long id = row.getLong(3);
            switch (row.getString(1)) {
                case "handled" -> handled.add(value);
                case "product" -> products.put(value, id);
                case "locator" -> locators.put(value, new Locator(id, row.getString(4)));
                case "charge" -> charges.put(value, id);
                default -> {
                    // The time-out is no fact.
                }
            }
            return this;
        }
    }

    private final Database erp;
    private final MovementMapping mapping;
    private final Marks marks;
    private volatile @Nullable InterfaceTable<MovementRow> table;

    /** @throws org.retailhub.platform.kernel.RetailException {@link ErpError#WRONG_MAPPING} */
    public IdempiereMovements(Database erp) {
        this.erp = erp;
        this.mapping = MovementMapping.load();
        this.marks = new Marks(erp);
    }

    @Override
    public String target() {
        return IdempiereAdapter.TARGET;
    }

    @Override
    public void prepare() {
        table = IdempiereAdapter.asking(() -> InterfaceTable.check(erp, mapping.shape()));
    }

    @Override
    public void probe() {
        if (table == null) {
            prepare();
        } else {
            IdempiereAdapter.asking(() -> erp.queryOne("select 1", row -> 1));
        }
    }

    @Override
    public Facts load(Questions questions) {
        Facts facts = new Facts();
        String[] charges = questions.kinds().stream()
                .flatMap(kind -> mapping.chargeName(kind).stream())
                .distinct()
                .toArray(String[]::new);
        IdempiereAdapter.asking(() -> erp.query(
                FACTS,
                facts::add,
                questions.messageIds().toArray(String[]::new),
                questions.items().toArray(String[]::new),
                mapping.client(),
                questions.warehouses().toArray(String[]::new),
                mapping.client(),
                charges,
                mapping.client()));
        return facts;
    }

    /** A row in error would wait in the ERP for somebody who knows nothing of it, so what is looked up there is looked up before. */
    @Override
    public Resolution<MovementRow> resolve(MovementBooking booking, Facts facts) {
        StockMoved moved = booking.moved();
        Long product = facts.products.get(booking.item());
        if (product == null) {
            return new Fault<>(ErpError.UNKNOWN_PRODUCT, moved.sku() + " (" + booking.item() + ")");
        }
        Facts.Locator locator = facts.locators.get(booking.warehouse());
        if (locator == null) {
            return new Fault<>(ErpError.UNKNOWN_LOCATION, moved.location() + " (" + booking.warehouse() + ")");
        }
        String charge = mapping.chargeName(moved.kind()).orElse("");
        Long chargeId = facts.charges.get(charge);
        if (chargeId == null) {
            return new Fault<>(ErpError.UNKNOWN_CHARGE, moved.kind() + (charge.isEmpty() ? "" : " (" + charge + ")"));
        }
        return new Bookable<>(new MovementRow(
                mapping.client(),
                RowId.of(RowId.origin(booking.messageId()), 1),
                moved.occurredAt().atZone(mapping.zone()).toLocalDate(),
                locator.value(),
                locator.id(),
                booking.item(),
                product,
                charge,
                chargeId,
                moved.quantity().negate(),
                moved.kind(),
                text(moved)));
    }

    private static String text(StockMoved moved) {
        return moved.feed() + "/" + moved.sourceKey()
                + (moved.reason() == null || moved.reason().isBlank() ? "" : ": " + moved.reason());
    }

    @Override
    public void write(List<MovementRow> rows, List<Envelope> mark) {
        IdempiereAdapter.asking(() -> {
            Objects.requireNonNull(table, "prepared before anything else").insert(rows);
            marks.leave(mark);
            return null;
        });
    }

    @Override
    public Map<String, ErpVerdict> verdicts(Collection<String> messageIds) {
        Map<String, ErpVerdict> verdicts = new HashMap<>();
        if (!messageIds.isEmpty()) {
            String[] messages = messageIds.toArray(String[]::new);
            String[] rows =
                    messageIds.stream().map(id -> RowId.of(RowId.origin(id), 1)).toArray(String[]::new);
            IdempiereAdapter.asking(() -> erp.query(
                    VERDICTS,
                    row -> verdicts.put(
                            row.getString(1),
                            row.getString(2).equals("Y")
                                    ? new ErpVerdict(true, row.getString(3), null)
                                    : new ErpVerdict(false, null, row.getString(4))),
                    messages,
                    rows));
        }
        return verdicts;
    }

    @Override
    public Set<String> marked(Collection<String> messageIds) {
        return IdempiereAdapter.asking(() -> marks.among(messageIds));
    }
}
