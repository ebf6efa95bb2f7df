package org.retailhub.channel.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import org.junit.jupiter.api.Test;
import org.retailhub.platform.kernel.RetailException;
import org.retailhub.platform.runtime.RuntimeError;

class WebhooksResourceTest {
    private static final int MOST = 2 * 1024 * 1024;

    @Test
    void takesTwoMebibytesAndNotAByteMore() {
        assertEquals(MOST, WebhooksResource.read(new ByteArrayInputStream(new byte[MOST])).length);
        ByteArrayInputStream larger = new ByteArrayInputStream(new byte[2 * MOST]);
        RetailException refusal = assertThrows(RetailException.class, () -> WebhooksResource.read(larger));
        assertEquals(RuntimeError.BODY_TOO_LARGE, refusal.code());
        assertEquals(MOST - 1, larger.available(), "no more is read than it takes to know");
    }
}
