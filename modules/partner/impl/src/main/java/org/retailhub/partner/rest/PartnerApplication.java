package org.retailhub.partner.rest;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.HashSet;
import java.util.Set;
import org.retailhub.platform.runtime.rest.RestBasics;

/** {@code /api/partner/v1}. */
@ApplicationPath("/v1")
public class PartnerApplication extends Application {
    @Override
    public Set<Class<?>> getClasses() {
        Set<Class<?>> classes = new HashSet<>(RestBasics.PROVIDERS);
        classes.add(PartnersResource.class);
        classes.add(RotationsResource.class);
        classes.add(AuditResource.class);
        classes.add(QuotasResource.class);
        return classes;
    }
}
