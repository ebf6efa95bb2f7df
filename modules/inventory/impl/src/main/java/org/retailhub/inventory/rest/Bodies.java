package org.retailhub.inventory.rest;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.retailhub.platform.kernel.RetailException;
import org.retailhub.platform.runtime.RuntimeError;

/** Bodies as they come: bounded, one document or one a line. */
final class Bodies {
    private Bodies() {}

    /** @throws RetailException {@link RuntimeError#BODY_TOO_LARGE}, {@link RuntimeError#MALFORMED_JSON} */
    static byte[] read(InputStream body, int most) {
        try {
            byte[] read = body.readNBytes(most + 1);
            if (read.length > most) {
                throw tooLarge(most);
            }
            return read;
        } catch (IOException e) {
            throw new RetailException(RuntimeError.MALFORMED_JSON, "the body ended early at line 1, column 1", e);
        }
    }

    /** Without empty ones. */
    static List<byte[]> lines(byte[] body) {
        List<byte[]> lines = new ArrayList<>();
        int start = 0;
        for (int i = 0; i <= body.length; i++) {
            if (i == body.length || body[i] == '\n') {
                int end = i > start && body[i - 1] == '\r' ? i - 1 : i;
                if (end > start) {
                    lines.add(Arrays.copyOfRange(body, start, end));
                }
                start = i + 1;
            }
        }
        if (lines.isEmpty()) {
            throw new RetailException(RuntimeError.MALFORMED_JSON, "there is no line at line 1, column 1");
        }
        return lines;
    }

    static RetailException tooLarge(int most) {
        return new RetailException(RuntimeError.BODY_TOO_LARGE, "more than " + most + " bytes");
    }
}
