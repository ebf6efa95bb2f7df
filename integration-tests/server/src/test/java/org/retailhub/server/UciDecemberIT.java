package org.retailhub.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.retailhub.trade.Installation;
import org.retailhub.trade.uci.UciReplay;

/**
 * Real trade of a month through the whole hub: invoices, lines and money of each country in the ERP equal what an independent
 * reading of the files says. The files lie beside the checkout, not in it; without them this counts as skipped.
 *
 * <p>With {@code -Dretail.running=true} against the hub that the variables of {@code ./retail} name.
 */
class UciDecemberIT {
    private static final Path FILES = Path.of(System.getProperty("retail.checkout"))
            .resolve("../shared/samples/datasets/uci-online-retail")
            .normalize();

    @Test
    void booksARealMonthAsTheFilesHaveIt() throws IOException, SQLException {
        if (!Files.isDirectory(FILES)) {
            String message = "SKIPPED: no sales of UCI Online Retail in " + FILES
                    + "; the month of real trade was not sent through the hub";
            System.err.println(message);
            abort(message);
        }
        Installation installation = Boolean.getBoolean("retail.running")
                ? Installation.ofEnvironment()
                : JudgedDoor.installation(Hub.shared());
        UciReplay.Outcome outcome = new UciReplay(installation, FILES).run();
        outcome.print();
        assertEquals(List.of(), outcome.faults());
        assertTrue(
                outcome.countries().size() > 20,
                "countries: " + outcome.countries().size());
        outcome.countries()
                .forEach(
                        country -> assertTrue(country.equal(), () -> country.code() + " differs; see the table above"));
    }
}
