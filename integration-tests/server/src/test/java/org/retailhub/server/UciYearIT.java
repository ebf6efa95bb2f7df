package org.retailhub.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.retailhub.trade.Installation;
import org.retailhub.trade.uci.UciYear;

/**
 * All real trade that the files have, in its order, as orders, returns and corrections of stock: the ledger per SKU and month, the
 * positions, and the ERP's documents and money per country equal what an independent script computes straight from the files. The files lie beside
 * the checkout, not in it; without them this counts as skipped.
 *
 * <p>With {@code -Dretail.running=true} against the hub that the variables of {@code ./retail} name.
 */
@Tag("deep")
class UciYearIT {
    private static final Path FILES = Path.of(System.getProperty("retail.checkout"))
            .resolve("../shared/samples/datasets/uci-online-retail")
            .normalize();

    @Test
    void accountsForEachLineOfAYearOfRealTrade() throws IOException, SQLException {
        if (!Files.isDirectory(FILES)) {
            String message = "SKIPPED: no sales of UCI Online Retail in " + FILES
                    + "; the year of real trade was not sent through the hub";
            System.err.println(message);
            abort(message);
        }
        Installation installation = Boolean.getBoolean("retail.running")
                ? Installation.ofEnvironment()
                : JudgedDoor.installation(Hub.shared());
        UciYear.Outcome outcome = new UciYear(installation, FILES).run();
        outcome.print();
        assertEquals(List.of(), outcome.faults());
    }
}
