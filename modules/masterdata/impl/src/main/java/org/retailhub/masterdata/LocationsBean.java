package org.retailhub.masterdata;

import jakarta.ejb.Local;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.retailhub.masterdata.api.LocationView;
import org.retailhub.masterdata.api.Locations;

/** One read outside the caller's transaction, so that asking enlists nothing in it. */
@Stateless
@Local(Locations.class)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class LocationsBean implements Locations {
    @Inject
    private KnownLocations locations;

    @Override
    public Map<String, LocationView> byId(String tenant, Set<String> ids) {
        return locations.views(tenant, ids);
    }

    @Override
    public List<LocationView> active(String tenant) {
        return locations.active(tenant);
    }
}
