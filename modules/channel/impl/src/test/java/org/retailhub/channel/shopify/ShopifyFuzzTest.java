package org.retailhub.channel.shopify;

import static org.junit.jupiter.api.Assertions.assertFalse;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;
import org.retailhub.channel.domain.Translation;

/** Any bytes in a signed webhook; the fuzzer looks for paths that nobody has thought of ({@code test --deep}, else the seeds only). */
class ShopifyFuzzTest {
    private static final String[] TOPICS = {"orders/updated", "refunds/create", "orders/edited", "orders/delete"};

    private final ShopifyConnector connector = new ShopifyConnector();

    static Stream<byte[]> seeds() {
        return new ShopifyContractTest().goldens().stream().map(golden -> golden.body());
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "60s")
    void isADocumentOrARefusalThatNamesAField(byte @NotNull [] body) {
        for (String topic : TOPICS) {
            if (connector.translate(GoldenTest.SHOP, topic, body) instanceof Translation.Refused refused) {
                assertFalse(refused.field() == null || refused.detail().isBlank(), refused::toString);
            }
        }
    }
}
