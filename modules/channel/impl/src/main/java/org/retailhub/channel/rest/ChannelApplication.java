package org.retailhub.channel.rest;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.HashSet;
import java.util.Set;
import org.retailhub.platform.runtime.hospital.HospitalResource;
import org.retailhub.platform.runtime.rest.RestBasics;
import org.retailhub.platform.runtime.sent.SentMessagesResource;

/** The module's API under {@code /api/channel/v1}. */
@ApplicationPath("/v1")
public class ChannelApplication extends Application {
    @Override
    public Set<Class<?>> getClasses() {
        Set<Class<?>> classes = new HashSet<>(RestBasics.PROVIDERS);
        classes.add(HospitalResource.class);
        classes.add(SentMessagesResource.class);
        classes.add(WebhooksResource.class);
        classes.add(ConnectionsResource.class);
        classes.add(PayloadsResource.class);
        classes.add(StoreStockResource.class);
        classes.add(StockMappingsResource.class);
        classes.add(StockPublicationsResource.class);
        return classes;
    }
}
