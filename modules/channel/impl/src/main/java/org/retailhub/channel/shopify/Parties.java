package org.retailhub.channel.shopify;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.retailhub.order.api.CanonicalOrder;

/** Who buys, and where it goes. */
final class Parties {
    private static final Map<String, String> COUNTRY_BY_NAME = countries();

    private Parties() {}

    private static Map<String, String> countries() {
        Map<String, String> byName = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String code : Locale.getISOCountries()) {
            byName.put(new Locale("", code).getDisplayCountry(Locale.ENGLISH), code);
        }
        return java.util.Collections.unmodifiableMap(byName);
    }

    /** Null if the order names nobody, as sales over the counter do. */
    static CanonicalOrder.@Nullable Customer customer(Node order) {
        Node customer = order.object("customer");
        String reference = customer == null ? null : customer.ownIdOrNull();
        String email = order.text("email", 254);
        if (email == null) {
            email = order.text("contact_email", 254);
        }
        String name = customer == null ? null : fullName(customer);
        if (name == null) {
            Node billing = order.object("billing_address");
            name = billing == null ? null : fullName(billing);
        }
        return reference == null && email == null && name == null
                ? null
                : new CanonicalOrder.Customer(reference, email, name);
    }

    private static @Nullable String fullName(Node person) {
        String name = person.text("name", 120);
        if (name != null) {
            return name;
        }
        String first = person.remark("first_name", 60);
        String last = person.remark("last_name", 59);
        if (first == null) {
            return last;
        }
        return last == null ? first : first + " " + last;
    }

    /** Null if nothing is shipped. */
    static CanonicalOrder.@Nullable Address shipTo(Node order) {
        Node address = order.object("shipping_address");
        if (address == null) {
            return null;
        }
        String company = address.remark("company", 120);
        String person = fullName(address);
        String line1 = address.text("address1", 120);
        String line2 = address.text("address2", 120);
        if (company != null && person != null && line2 == null) {
            line2 = line1;
            line1 = company;
        }
        String region = address.text("province_code", 60);
        return new CanonicalOrder.Address(
                person == null ? company : person,
                line1,
                line2,
                address.text("city", 60),
                address.text("zip", 20),
                region == null ? address.text("province", 60) : region,
                country(address));
    }

    private static String country(Node address) {
        String code = address.text("country_code", 2);
        if (code == null) {
            String name = address.text("country", 100);
            if (name == null) {
                throw Fault.missing(address.pathOf("country_code"));
            }
            code = COUNTRY_BY_NAME.get(name);
        }
        if (code == null || !COUNTRY_BY_NAME.containsValue(code)) {
            throw Fault.wrong(address.pathOf("country_code"), "must be a country of ISO 3166-1");
        }
        return code;
    }
}
