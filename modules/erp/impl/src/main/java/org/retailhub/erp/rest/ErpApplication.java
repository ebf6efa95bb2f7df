package org.retailhub.erp.rest;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.HashSet;
import java.util.Set;
import org.retailhub.platform.runtime.hospital.HospitalResource;
import org.retailhub.platform.runtime.rest.RestBasics;
import org.retailhub.platform.runtime.sent.SentMessagesResource;

/** {@code /api/erp/v1}. */
@ApplicationPath("/v1")
public class ErpApplication extends Application {
    @Override
    public Set<Class<?>> getClasses() {
        Set<Class<?>> classes = new HashSet<>(RestBasics.PROVIDERS);
        classes.add(PostingsResource.class);
        classes.add(TargetsResource.class);
        classes.add(MastersResource.class);
        classes.add(ReconciliationResource.class);
        classes.add(SentMessagesResource.class);
        classes.add(HospitalResource.class);
        return classes;
    }
}
