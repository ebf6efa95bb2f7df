package org.retailhub.order.sourcing;

import java.time.Instant;
import java.util.List;

/** The rules of a tenant at a time; one for a scope at most. */
@FunctionalInterface
public interface RulesInForce {
    List<SourcingRule> at(String tenant, Instant time);
}
