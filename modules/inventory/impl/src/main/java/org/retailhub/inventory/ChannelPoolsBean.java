package org.retailhub.inventory;

import jakarta.ejb.Local;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.retailhub.inventory.api.ChannelPools;

/** One read outside the caller's transaction, so that asking enlists nothing in it. */
@Stateless
@Local(ChannelPools.class)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class ChannelPoolsBean implements ChannelPools {
    @Inject
    private Rules rules;

    /** For the container. */
    public ChannelPoolsBean() {}

    ChannelPoolsBean(Rules rules) {
        this.rules = rules;
    }

    @Override
    public Map<String, Set<String>> of(String tenant, Set<String> channels) {
        Map<String, Set<String>> pools = new HashMap<>();
        rules.pools(channels.stream()
                        .map(channel -> new Rules.Channel(tenant, channel))
                        .toList())
                .forEach((channel, rule) -> {
                    if (!rule.locations().isEmpty()) {
                        pools.put(channel.channel(), rule.locations());
                    }
                });
        return pools;
    }
}
