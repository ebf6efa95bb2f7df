package org.retailhub.order;

import jakarta.ejb.Local;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.Set;
import org.retailhub.order.api.OrderView;
import org.retailhub.order.api.Orders;
import org.retailhub.order.domain.OrderBook;

/** One read outside the caller's transaction, so that asking enlists nothing in it. */
@Stateless
@Local(Orders.class)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class OrdersBean implements Orders {
    @Inject
    private OrderBook book;

    @Override
    public Map<String, OrderView> byId(Set<String> orderIds) {
        return book.byId(orderIds);
    }

    @Override
    public Map<String, OrderView> byChannelOrderId(String tenant, String channel, Set<String> channelOrderIds) {
        return book.byChannelOrderId(tenant, channel, channelOrderIds);
    }
}
