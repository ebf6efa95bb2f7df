package org.retailhub.erp.domain;

import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Masters as one ERP has them; read only. All failures to reach it are {@link org.retailhub.erp.api.ErpError#ERP_DOWN}. */
public interface MasterReader {
    /**
     * A row of the ERP. What it leaves empty is null, whatever its own rules say.
     *
     * @param id the ERP's own key, a number
     * @param updated as the ERP's clock says
     * @param sku of an item, if the ERP has one beside its search key
     * @param rate of a tax, in percent
     */
    record Master(
            long id,
            LocalDateTime updated,
            @Nullable String value,
            @Nullable String name,
            boolean active,
            @Nullable String sku,
            @Nullable String gtin,
            @Nullable BigDecimal rate) {
        /** All that is told, in one text: two that are alike need not be told twice. */
        public String content() {
            return String.join(
                    "\n",
                    String.valueOf(value),
                    String.valueOf(name),
                    active ? "active" : "inactive",
                    String.valueOf(sku),
                    String.valueOf(gtin),
                    rate == null ? "null" : rate.stripTrailingZeros().toPlainString());
        }
    }

    /**
     * The ERP's time, and how far its transactions are: they are numbered in the order in which they first write.
     *
     * @param oldestRunning all before it have ended
     * @param next not given yet
     */
    record Moment(LocalDateTime at, long oldestRunning, long next) {}

    String target();

    /** As {@code LearnMaster} names them. */
    Set<String> kinds();

    /** Outside any transaction. */
    Moment now();

    /**
     * Outside any transaction. By key, those after {@code after}.
     *
     * @param since only what was changed then or later; null for all
     */
    List<Master> changed(String kind, @Nullable LocalDateTime since, long after, int limit);
}
