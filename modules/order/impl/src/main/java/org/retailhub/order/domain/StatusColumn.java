package org.retailhub.order.domain;

import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;
import org.retailhub.order.api.OrderStatus;

/** Statuses are kept by their wire names: renaming a constant changes no row. */
@Converter
public class StatusColumn implements AttributeConverter<OrderStatus, String> {
    @Override
    public String convertToDatabaseColumn(OrderStatus status) {
        return status.wire();
    }

    @Override
    public OrderStatus convertToEntityAttribute(String stored) {
        return OrderStatus.of(stored);
    }
}
