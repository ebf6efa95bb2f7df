package org.retailhub.platform.runtime.hospital;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.node.NullNode;
import org.junit.jupiter.api.Test;
import org.retailhub.platform.kernel.RetailException;
import org.retailhub.platform.runtime.RuntimeError;
import org.retailhub.platform.runtime.rest.StrictJson;

class HospitalResourceTest {
    private static HospitalResource.Action action(String json) {
        return StrictJson.read(json.getBytes(java.nio.charset.StandardCharsets.UTF_8), HospitalResource.Action.class);
    }

    @Test
    void refusesToReplaceABodyByNothing() {
        for (String nothing : new String[] {"{\"reason\":\"wrong SKU\"}", "{\"reason\":\"wrong SKU\",\"body\":null}"}) {
            RetailException e =
                    assertThrows(RetailException.class, () -> HospitalResource.newBody(action(nothing)), nothing);
            assertEquals(RuntimeError.INVALID_PARAMETER, e.code());
        }
        assertEquals(
                NullNode.getInstance(),
                HospitalResource.newBody(action("{\"body\":{\"sku\":null}}")).get("sku"));
    }

    @Test
    void refusesToReleaseFewerThanOne() {
        for (String most : new String[] {"0", "-1"}) {
            String body = "{\"fingerprint\":\"3f1c\",\"most\":" + most + "}";
            RetailException e = assertThrows(RetailException.class, () -> new HospitalResource()
                    .releaseGroup(body.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
            assertEquals("most", e.field().orElseThrow());
        }
    }
}
