package org.retailhub.inventory.batch;

import jakarta.batch.api.AbstractBatchlet;
import jakarta.batch.api.BatchProperty;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import org.retailhub.inventory.Snapshots;
import org.retailhub.inventory.Stock;
import org.retailhub.platform.runtime.tx.Transactions;

/** All lines are taken in. */
@Named
@Dependent
public class Closing extends AbstractBatchlet {
    @Inject
    private Snapshots snapshots;

    @Inject
    private Stock stock;

    @Inject
    private Transactions transactions;

    @Inject
    @BatchProperty
    private String snapshot;

    @Override
    public String process() {
        return transactions.call(() -> {
            snapshots.finish(snapshot, stock.now());
            return "COMPLETED";
        });
    }
}
