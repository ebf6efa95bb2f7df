package org.retailhub.platform.runtime.openapi;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;

/** Which operations are on their way out, read from {@code lifecycle.properties}. */
public final class Lifecycle {
    private static final String VERSIONS = "versions";
    private static final int SHORTEST_NOTICE_DAYS = 180;

    /**
     * @param since announced on that day
     * @param sunset from that day on it may be gone
     * @param successor what to use instead
     */
    public record End(LocalDate since, LocalDate sunset, String successor) {
        public End {
            if (ChronoUnit.DAYS.between(since, sunset) < SHORTEST_NOTICE_DAYS) {
                throw new IllegalArgumentException(
                        "from " + since + " to " + sunset + " are less than " + SHORTEST_NOTICE_DAYS + " days");
            }
        }
    }

    private final Map<String, End> ends = new TreeMap<>();

    private Lifecycle() {}

    /** The policy that is packed with the hub. */
    public static Lifecycle shipped() {
        Properties policy = new Properties();
        try (InputStream in = Lifecycle.class.getResourceAsStream("lifecycle.properties")) {
            policy.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return of(policy);
    }

    /** @throws IllegalArgumentException naming the line that is wrong */
    public static Lifecycle of(Properties policy) {
        Lifecycle lifecycle = new Lifecycle();
        for (String operationId : policy.stringPropertyNames()) {
            if (!operationId.equals(VERSIONS)) {
                String[] parts = policy.getProperty(operationId).strip().split("\\s+");
                try {
                    lifecycle.ends.put(
                            operationId, new End(LocalDate.parse(parts[0]), LocalDate.parse(parts[1]), parts[2]));
                } catch (RuntimeException e) {
                    throw new IllegalArgumentException("lifecycle of " + operationId + ": " + e.getMessage(), e);
                }
            }
        }
        return lifecycle;
    }

    public Optional<End> of(String operationId) {
        return Optional.ofNullable(ends.get(operationId));
    }
}
