package org.retailhub.platform.runtime.sent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.retailhub.platform.kernel.RetailException;
import org.retailhub.platform.runtime.RuntimeError;
import org.retailhub.platform.runtime.rest.StrictJson;

class SentMessagesResourceTest {
    private static List<SentMessages.Key> checked(String json) {
        return SentMessagesResource.checked(
                StrictJson.read(json.getBytes(StandardCharsets.UTF_8), SentMessagesResource.Missing.class));
    }

    @Test
    void refusesAListThatNamesNothing() {
        for (String nothing : List.of("{}", "{\"messages\":[]}", "{\"messages\":[null]}")) {
            assertEquals(
                    RuntimeError.INVALID_PARAMETER,
                    assertThrows(RetailException.class, () -> checked(nothing), nothing)
                            .code());
        }
        assertEquals(
                List.of(new SentMessages.Key("q", "k", 1)),
                checked("{\"messages\":[{\"destination\":\"q\",\"businessKey\":\"k\",\"sequence\":1}]}"));
    }
}
