package org.retailhub.masterdata.domain;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What tells who somebody is. It is never written into a log: its text form has nothing of it.
 *
 * @param country ISO 3166-1 alpha-2
 */
public record PersonalData(
        @Nullable String name,
        @Nullable String email,
        @Nullable String phone,
        @Nullable String taxId,
        @Nullable String line1,
        @Nullable String line2,
        @Nullable String city,
        @Nullable String postalCode,
        @Nullable String region,
        @Nullable String country) {
    public static final PersonalData NONE =
            new PersonalData(null, null, null, null, null, null, null, null, null, null);

    public boolean isEmpty() {
        return equals(NONE);
    }

    /** Names of the fields in which it differs. */
    List<String> differences(PersonalData other) {
        List<String> fields = new ArrayList<>();
        Stream.of(
                        new Pair("name", name, other.name),
                        new Pair("email", email, other.email),
                        new Pair("phone", phone, other.phone),
                        new Pair("taxId", taxId, other.taxId),
                        new Pair("line1", line1, other.line1),
                        new Pair("line2", line2, other.line2),
                        new Pair("city", city, other.city),
                        new Pair("postalCode", postalCode, other.postalCode),
                        new Pair("region", region, other.region),
                        new Pair("country", country, other.country))
                .filter(pair -> !Objects.equals(pair.one, pair.another))
                .forEach(pair -> fields.add(pair.field));
        return fields;
    }

    private record Pair(
            String field, @Nullable String one, @Nullable String another) {}

    /** Whoever logs it by mistake logs this. */
    @Override
    public String toString() {
        return isEmpty() ? "PersonalData[none]" : "PersonalData[masked]";
    }
}
