package org.retailhub.order.canonical;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class DifferencesTest {
    private static final String BEFORE = OrderJson.write(OrderCheckTest.parse(OrderCheckTest.RICH));

    @Test
    void findsNoneInEqualDocuments() {
        assertEquals(List.of(), Differences.between(BEFORE, BEFORE));
    }

    @Test
    void namesEachFieldByItsPath() {
        String after = BEFORE.replace("\"sku\":\"B\"", "\"sku\":\"C\"")
                .replace("\"reason\":\"WELCOME\"", "\"reason\":\"BYE\"")
                .replace("\"shipping\":\"4.90\"", "\"shipping\":\"5.90\"");
        assertEquals(
                List.of("lines[0].discounts[0].reason", "lines[1].sku", "totals.shipping"),
                Differences.between(BEFORE, after));
    }

    @Test
    void namesWhatCameAndWhatWent() {
        String after = BEFORE.replace("\"description\":\"Gift wrap\",", "");
        assertEquals(List.of("charges[0].description"), Differences.between(BEFORE, after));
        assertEquals(List.of("charges[0].description"), Differences.between(after, BEFORE));

        String oneLine = OrderJson.write(OrderCheckTest.parse(OrderCheckTest.SAMPLE));
        assertEquals(true, Differences.between(oneLine, BEFORE).contains("lines[1]"));
    }

    @Test
    void ofThousandsTellsTheFirstFifty() {
        StringBuilder left = new StringBuilder("{\"lines\":[0");
        StringBuilder right = new StringBuilder("{\"lines\":[1");
        left.append(",0".repeat(2_000)).append("]}");
        right.append(",1".repeat(2_000)).append("]}");
        assertEquals(50, Differences.between(left.toString(), right.toString()).size());
    }
}
