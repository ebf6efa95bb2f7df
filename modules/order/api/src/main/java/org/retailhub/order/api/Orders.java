package org.retailhub.order.api;

import java.util.Map;
import java.util.Set;

/** Questions about orders. Bulk: ask once for a whole batch. Never joins the caller's transaction. */
public interface Orders {
    /** Where the bean behind this interface is found from any WAR of the EAR. */
    String LOOKUP = "java:app/order/OrdersBean!org.retailhub.order.api.Orders";

    /** The known orders among {@code orderIds}, of any tenant: the caller shows nobody what is not theirs. */
    Map<String, OrderView> byId(Set<String> orderIds);

    /** The orders among a channel's own numbers, by these numbers. */
    Map<String, OrderView> byChannelOrderId(String tenant, String channel, Set<String> channelOrderIds);
}
