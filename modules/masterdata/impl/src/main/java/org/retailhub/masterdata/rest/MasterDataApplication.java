package org.retailhub.masterdata.rest;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.HashSet;
import java.util.Set;
import org.retailhub.platform.runtime.hospital.HospitalResource;
import org.retailhub.platform.runtime.rest.RestBasics;

/** {@code /api/masterdata/v1}. */
@ApplicationPath("/v1")
public class MasterDataApplication extends Application {
    @Override
    public Set<Class<?>> getClasses() {
        Set<Class<?>> classes = new HashSet<>(RestBasics.PROVIDERS);
        classes.add(CustomerValidationResource.class);
        classes.add(CustomersResource.class);
        classes.add(ErpMastersResource.class);
        classes.add(HospitalResource.class);
        classes.add(LocationsResource.class);
        classes.add(PersonalDataModeResource.class);
        classes.add(ProductsResource.class);
        classes.add(SalesAccountsResource.class);
        classes.add(TaxCodesResource.class);
        return classes;
    }
}
