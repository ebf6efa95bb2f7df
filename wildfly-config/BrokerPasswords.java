import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.HexFormat;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * Prints the broker's file of users, its passwords hashed in the form that Artemis checks. They come by the environment
 * ({@code RETAIL_BROKER_ADMIN_PASSWORD}, {@code RETAIL_BROKER_PASSWORD}): Artemis's own tool takes them as arguments, which every
 * user of the machine can read while it runs.
 */
public final class BrokerPasswords {
    private static final int ITERATIONS = 1024;
    private static final int SALT_BYTES = 32;
    private static final int HASH_BITS = 512;

    public static void main(String... arguments) throws GeneralSecurityException {
        System.out.println("admin = " + hashed(System.getenv("RETAIL_BROKER_ADMIN_PASSWORD")));
        System.out.println("server = " + hashed(System.getenv("RETAIL_BROKER_PASSWORD")));
    }

    private static String hashed(String password) throws GeneralSecurityException {
        byte[] salt = new byte[SALT_BYTES];
        new SecureRandom().nextBytes(salt);
        byte[] hash = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA1")
                .generateSecret(new PBEKeySpec(password.toCharArray(), salt, ITERATIONS, HASH_BITS))
                .getEncoded();
        HexFormat hex = HexFormat.of().withUpperCase();
        return "ENC(" + ITERATIONS + ":" + hex.formatHex(salt) + ":" + hex.formatHex(hash) + ")";
    }
}
