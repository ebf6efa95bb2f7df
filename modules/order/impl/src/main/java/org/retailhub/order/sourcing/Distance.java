package org.retailhub.order.sourcing;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import org.retailhub.masterdata.api.LocationView;
import org.retailhub.order.sourcing.SourcingRequest.ShipTo;

/**
 * How far a place is from a destination: on the great circle, or estimated by postal code, region and country where coordinates are missing.
 * The same everywhere to the metre.
 */
record Distance(long metres, boolean estimated) {
    private static final int EARTH_RADIUS = 6_371_009;
    private static final long OTHER_COUNTRY = 2_000_000;
    private static final long SAME_COUNTRY = 500_000;
    private static final long SAME_REGION = 150_000;
    private static final long[] SAME_POSTAL_DIGITS = {SAME_COUNTRY, 150_000, 60_000, 20_000, 10_000};
    private static final long SAME_POSTAL_CODE = 3_000;

    /** @return null if nothing is known of either */
    static @Nullable Distance between(@Nullable ShipTo to, LocationView from) {
        if (to == null) {
            return null;
        }
        if (to.latitude() != null && to.longitude() != null && from.latitude() != null && from.longitude() != null) {
            return new Distance(greatCircle(to.latitude(), to.longitude(), from.latitude(), from.longitude()), false);
        }
        if (to.country() == null || from.country() == null) {
            return null;
        }
        return new Distance(
                to.country().equals(from.country())
                        ? Math.min(
                                byPostalCode(to.postalCode(), from.postalCode()), byRegion(to.region(), from.region()))
                        : OTHER_COUNTRY,
                true);
    }

    private static long byRegion(@Nullable String one, @Nullable String other) {
        return one != null && one.equalsIgnoreCase(other) ? SAME_REGION : SAME_COUNTRY;
    }

    private static long byPostalCode(@Nullable String one, @Nullable String other) {
        if (one == null || other == null) {
            return SAME_COUNTRY;
        }
        if (one.equalsIgnoreCase(other)) {
            return SAME_POSTAL_CODE;
        }
        int same = 0;
        int most = Math.min(Math.min(one.length(), other.length()), SAME_POSTAL_DIGITS.length - 1);
        while (same < most && Character.toUpperCase(one.charAt(same)) == Character.toUpperCase(other.charAt(same))) {
            same++;
        }
        return SAME_POSTAL_DIGITS[same];
    }

    /** Haversine; StrictMath, so that no two machines differ. */
    static long greatCircle(BigDecimal latitude, BigDecimal longitude, BigDecimal toLatitude, BigDecimal toLongitude) {
        double phi = StrictMath.toRadians(latitude.doubleValue());
        double toPhi = StrictMath.toRadians(toLatitude.doubleValue());
        double half = StrictMath.sin((toPhi - phi) / 2);
        double halfLambda =
                StrictMath.sin(StrictMath.toRadians(toLongitude.doubleValue() - longitude.doubleValue()) / 2);
        double a = half * half + StrictMath.cos(phi) * StrictMath.cos(toPhi) * halfLambda * halfLambda;
        return StrictMath.round(2 * EARTH_RADIUS * StrictMath.asin(StrictMath.min(1, StrictMath.sqrt(a))));
    }
}
