package org.retailhub.inventory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.retailhub.inventory.canonical.SnapshotFormat;

class LinePiecesTest {
    @Test
    void piecesAreWholeLinesAndTogetherTheFile() throws Exception {
        StringBuilder text = new StringBuilder();
        for (int i = 1; i <= 50_000; i++) {
            text.append("SKU-").append(i).append(",berlin-1,").append(i).append(i % 7 == 0 ? "\r\n" : "\n");
        }
        text.append("last,berlin-1,1");
        byte[] file = text.toString().getBytes(StandardCharsets.UTF_8);
        LinePieces pieces = new LinePieces(new ByteArrayInputStream(file), MessageDigest.getInstance("SHA-256"));
        ByteArrayOutputStream together = new ByteArrayOutputStream();
        long line = 1;
        int count = 0;
        for (LinePieces.Piece piece = pieces.next(); piece != null; piece = pieces.next()) {
            assertEquals(line, piece.firstLine());
            assertTrue(piece.content().length <= LinePieces.PIECE_BYTES + SnapshotFormat.MOST_LINE_BYTES);
            line += piece.lines();
            count++;
            together.writeBytes(piece.content());
        }
        assertTrue(count > 3, count + " pieces");
        assertEquals(50_001, pieces.lines());
        assertEquals(file.length, pieces.bytes());
        assertEquals(text.toString(), together.toString(StandardCharsets.UTF_8));
        assertEquals(
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(file)),
                HexFormat.of().formatHex(pieces.digest()));
    }

    @Test
    void keepsOfAnEndlessLineOnlyWhatShowsThatItIsTooLong() throws Exception {
        byte[] file = ("x".repeat(3 << 20) + "\nMUG,berlin-1,1\n").getBytes(StandardCharsets.UTF_8);
        LinePieces.Piece piece = pieces(file).next();
        assertEquals(2, piece.lines());
        assertEquals(SnapshotFormat.MOST_LINE_BYTES + 1 + "\nMUG,berlin-1,1\n".length(), piece.content().length);
    }

    @Test
    void anEmptyBodyHasNone() throws Exception {
        assertNull(pieces(new byte[0]).next());
    }

    private static LinePieces pieces(byte[] file) throws IOException, NoSuchAlgorithmException {
        return new LinePieces(new ByteArrayInputStream(file), MessageDigest.getInstance("SHA-256"));
    }
}
