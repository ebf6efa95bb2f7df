package org.retailhub.partner;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.retailhub.platform.kernel.RetailException;
import org.retailhub.platform.runtime.RuntimeError;

/**
 * Whose tokens are believed, and what their claims mean. From the environment; without {@code RETAIL_OIDC_ISSUER} no token is.
 *
 * @param issuer must be the token's {@code iss}, to the letter
 * @param jwksUrl where its keys are; https, unless on this machine
 * @param audience must be among the token's {@code aud}: what the issuer calls this hub
 * @param partnerClaim names the partner, by its code or by a name in {@code partners}
 * @param partners the issuer's names for partners, where they are not the codes
 * @param tenantClaim if not empty, must be in the token and name the partner's tenant
 * @param scopesClaim text with blanks between, or a list
 * @param scopePrefix what the issuer puts before our scopes' names
 */
public record OidcSettings(
        String issuer,
        String jwksUrl,
        String audience,
        String partnerClaim,
        Map<String, String> partners,
        String tenantClaim,
        String scopesClaim,
        String scopePrefix) {
    private static final String ISSUER = "RETAIL_OIDC_ISSUER";

    public OidcSettings {
        partners = Map.copyOf(partners);
    }

    /**
     * @param environment the value of a variable, or null
     * @return empty if tokens are not wanted
     * @throws RetailException {@link RuntimeError#SERVER_NOT_FIT} if they are and something that keeps the door shut is missing
     */
    public static Optional<OidcSettings> of(UnaryOperator<String> environment) {
        String issuer = value(environment, ISSUER, "");
        if (issuer.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new OidcSettings(
                issuer,
                safe(required(environment, "RETAIL_OIDC_JWKS_URL")),
                required(environment, "RETAIL_OIDC_AUDIENCE"),
                value(environment, "RETAIL_OIDC_PARTNER_CLAIM", "azp"),
                names(value(environment, "RETAIL_OIDC_PARTNERS", "")),
                value(environment, "RETAIL_OIDC_TENANT_CLAIM", ""),
                value(environment, "RETAIL_OIDC_SCOPES_CLAIM", "scope"),
                value(environment, "RETAIL_OIDC_SCOPE_PREFIX", "")));
    }

    private static String value(UnaryOperator<String> environment, String name, String otherwise) {
        String value = environment.apply(name);
        return value == null || value.isBlank() ? otherwise : value.strip();
    }

    private static String required(UnaryOperator<String> environment, String name) {
        String value = value(environment, name, "");
        if (value.isEmpty()) {
            throw unfit(ISSUER + " is set and " + name + " is not. Set it, or unset " + ISSUER + ".");
        }
        return value;
    }

    /** Keys that came in clear over a network could be anybody's. */
    private static String safe(String url) {
        try {
            URI uri = URI.create(url);
            boolean local = "http".equals(uri.getScheme())
                    && uri.getHost() != null
                    && InetAddress.getByName(uri.getHost()).isLoopbackAddress();
            if (local || "https".equals(uri.getScheme())) {
                return url;
            }
        } catch (IllegalArgumentException | UnknownHostException e) {
            throw unfit("RETAIL_OIDC_JWKS_URL is no address: " + url);
        }
        throw unfit("RETAIL_OIDC_JWKS_URL must be https, unless it is on this machine: " + url);
    }

    private static Map<String, String> names(String text) {
        Map<String, String> names = new TreeMap<>();
        for (String pair : text.isEmpty() ? new String[0] : text.split(",")) {
            String[] parts = pair.strip().split("=", 2);
            if (parts.length != 2 || parts[0].isBlank() || parts[1].isBlank()) {
                throw unfit("RETAIL_OIDC_PARTNERS is issuer's-name=partner-code, separated by commas: " + text);
            }
            names.put(parts[0].strip(), parts[1].strip());
        }
        return names;
    }

    private static RetailException unfit(String cure) {
        return new RetailException(RuntimeError.SERVER_NOT_FIT, cure);
    }
}
