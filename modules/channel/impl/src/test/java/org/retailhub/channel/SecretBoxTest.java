package org.retailhub.channel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.retailhub.channel.api.ChannelError;
import org.retailhub.platform.kernel.RetailException;

class SecretBoxTest {
    private static final String KEY = "a key of this server, thirty-two characters and more";
    private static final String OTHER = "another key of this server, as long as the one before";
    private static final byte[] SECRET = "shpss_0123456789abcdef".getBytes(StandardCharsets.UTF_8);

    @Test
    void opensWhatItSealedAndSealsTheSameTwiceDifferently() {
        SecretBox box = new SecretBox(KEY);
        byte[] sealed = box.seal("shop\n1", SECRET);
        assertArrayEquals(SECRET, box.open("shop\n1", sealed));
        assertFalse(Arrays.equals(sealed, box.seal("shop\n1", SECRET)));
        assertFalse(new String(sealed, StandardCharsets.ISO_8859_1).contains("shpss"));
    }

    @Test
    void doesNotOpenWhatWasMovedOrChanged() {
        SecretBox box = new SecretBox(KEY);
        byte[] sealed = box.seal("shop\n1", SECRET);
        assertUnreadable(box, "shop\n2", sealed);
        for (int i = 0; i < sealed.length; i++) {
            byte[] changed = sealed.clone();
            changed[i] ^= 1;
            assertUnreadable(box, "shop\n1", changed);
        }
        assertUnreadable(box, "shop\n1", new byte[0]);
    }

    @Test
    void opensWithTheKeyBefore() {
        byte[] sealed = new SecretBox(KEY).seal("p", SECRET);
        assertArrayEquals(SECRET, new SecretBox(OTHER, KEY).open("p", sealed));
        assertUnreadable(new SecretBox(OTHER), "p", sealed);
    }

    @Test
    void saysThatThereIsNoKey() {
        for (SecretBox box : new SecretBox[] {new SecretBox((String) null), new SecretBox("short")}) {
            RetailException refusal = assertThrows(RetailException.class, () -> box.seal("p", SECRET));
            assertEquals(ChannelError.NO_SECRETS_KEY, refusal.code());
        }
    }

    private static void assertUnreadable(SecretBox box, String place, byte[] sealed) {
        RetailException refusal = assertThrows(RetailException.class, () -> box.open(place, sealed));
        assertEquals(ChannelError.SECRET_UNREADABLE, refusal.code());
    }
}
