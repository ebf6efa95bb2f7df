package org.retailhub.masterdata.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.retailhub.masterdata.api.MasterDataError;
import org.retailhub.masterdata.domain.CustomerContent;
import org.retailhub.platform.kernel.RetailException;

class MasterBatchTest {
    @Test
    void judgesEachByItself() {
        MasterBatch<CustomerContent> batch =
                batch("[{\"id\":\"C-1\"},{\"id\":\"\"},{\"id\":\"C-2\"},{\"id\":\"C-1\"},{\"id\":\"C-3\"}]");

        assertEquals(
                List.of("C-1", "C-2", "C-3"),
                batch.valid().stream().map(CustomerContent::id).toList());
        MasterVerdicts verdicts = batch.verdicts(
                content -> content.id().equals("C-3")
                        ? new MasterBatch.Outcome(
                                "refused", new RetailException(MasterDataError.CUSTOMER_ERASED, "erased"))
                        : MasterBatch.Outcome.ofVersion(content.id().equals("C-1") ? 1L : null),
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");

        assertEquals(Map.of("created", 1, "unchanged", 1, "invalid", 2, "refused", 1), verdicts.counts());
        assertEquals(
                List.of(
                        "0 C-1 created -",
                        "1 null invalid MAS-1011",
                        "2 C-2 unchanged -",
                        "3 null invalid MAS-1011",
                        "4 C-3 refused MAS-2001"),
                verdicts.items().stream()
                        .map(item -> item.index() + " " + item.key() + " " + item.verdict() + " "
                                + (item.problem() == null ? "-" : item.problem().code()))
                        .toList());
    }

    @Test
    void refusesWhatIsNoArrayAndTooMany() {
        assertEquals(MasterDataError.INVALID_CUSTOMER, refusal("{}").code());
        assertEquals(
                MasterDataError.TOO_MANY_ITEMS,
                refusal("[" + "{},".repeat(1000) + "{}]").code());
        assertEquals(0, batch("[" + "{},".repeat(999) + "{}]").valid().size());
    }

    private static RetailException refusal(String body) {
        return assertThrows(RetailException.class, () -> batch(body));
    }

    private static MasterBatch<CustomerContent> batch(String body) {
        return new MasterBatch<>(
                body.getBytes(StandardCharsets.UTF_8),
                "id",
                MasterDataError.INVALID_CUSTOMER,
                CustomerDocument::read,
                CustomerContent::id);
    }
}
