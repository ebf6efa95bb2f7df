package org.retailhub.inventory.rest;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.HashSet;
import java.util.Set;
import org.retailhub.platform.runtime.hospital.HospitalResource;
import org.retailhub.platform.runtime.rest.RestBasics;
import org.retailhub.platform.runtime.sent.SentMessagesResource;

/** The module's API under {@code /api/inventory/v1}. */
@ApplicationPath("/v1")
public class InventoryApplication extends Application {
    @Override
    public Set<Class<?>> getClasses() {
        Set<Class<?>> classes = new HashSet<>(RestBasics.PROVIDERS);
        classes.add(HospitalResource.class);
        classes.add(SentMessagesResource.class);
        classes.add(MovementsResource.class);
        classes.add(FeedsResource.class);
        classes.add(AvailabilityResource.class);
        classes.add(ReservationsResource.class);
        classes.add(RulesResource.class);
        classes.add(SafetyResource.class);
        classes.add(ErpMovementsResource.class);
        classes.add(AuditResource.class);
        classes.add(VerificationResource.class);
        classes.add(SnapshotsResource.class);
        classes.add(DriftResource.class);
        classes.add(TolerancesResource.class);
        classes.add(ReplaysResource.class);
        classes.add(ExpectedReceiptsResource.class);
        classes.add(ReorderPointsResource.class);
        return classes;
    }
}
