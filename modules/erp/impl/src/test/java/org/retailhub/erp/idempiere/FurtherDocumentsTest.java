package org.retailhub.erp.idempiere;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FurtherDocumentsTest {
    private static final String ORDER = "01M83PPH00001WAQFVHTZTDEGA";

    @Test
    void eachNumberSaysWhoseItIs() {
        FurtherDocuments.upTo(ORDER, 99)
                .forEach(number -> assertEquals(Optional.of(ORDER), FurtherDocuments.orderOf(number), number));
    }

    @Test
    void noOtherNumberIsTakenForOne() {
        for (String other : List.of(ORDER, "", "-R2", ORDER + "-R", ORDER + "-R100", ORDER + "-X2", ORDER + "-r2")) {
            assertEquals(Optional.empty(), FurtherDocuments.orderOf(other), other);
        }
    }
}
