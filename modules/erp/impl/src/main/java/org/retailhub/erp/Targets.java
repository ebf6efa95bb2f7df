package org.retailhub.erp;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.retailhub.erp.api.ErpQueues;
import org.retailhub.erp.domain.MasterReader;
import org.retailhub.erp.idempiere.IdempiereAdapter;
import org.retailhub.erp.idempiere.IdempiereMasters;
import org.retailhub.erp.idempiere.IdempiereMovements;
import org.retailhub.platform.runtime.server.DatabaseFitness;
import org.retailhub.platform.runtime.sql.Database;

/** The ERPs of this installation. Another one is another entry here and its package. */
@ApplicationScoped
public class Targets {
    @Inject
    private Imports imports;

    @Inject
    private Database database;

    @Inject
    private Clock clock;

    private @Nullable List<Target<?, ?>> targets;
    private @Nullable List<StockTarget<?, ?>> stock;

    /** @throws org.retailhub.platform.kernel.RetailException if a mapping is wrong */
    public synchronized List<Target<?, ?>> all() {
        if (targets == null) {
            targets = List.of(Target.of(
                    new IdempiereAdapter(imports.idempiere(), DatabaseFitness::check),
                    ErpQueues.POSTINGS_IDEMPIERE,
                    database,
                    clock));
        }
        return targets;
    }

    /** Those that book movements of stock. @throws org.retailhub.platform.kernel.RetailException if a mapping is wrong */
    public synchronized List<StockTarget<?, ?>> stock() {
        if (stock == null) {
            stock = List.of(StockTarget.of(new IdempiereMovements(imports.idempiere()), database, clock));
        }
        return stock;
    }

    /** Those whose masters come back. */
    public List<MasterReader> masters() {
        return List.of(new IdempiereMasters(imports.idempiere()));
    }

    public Optional<Target<?, ?>> named(String name) {
        return all().stream()
                .filter(target -> target.adapter().target().equals(name))
                .findFirst();
    }
}
