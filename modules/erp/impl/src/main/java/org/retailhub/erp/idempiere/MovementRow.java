package org.retailhub.erp.idempiere;

import java.math.BigDecimal;
import java.time.LocalDate;

/**
 * One row of the interface table of inventories before it is mapped to columns.
 *
 * @param id unique, and the same whenever the same message is written
 * @param taken what left the warehouse; below 0 for what came
 * @param text the movement's own name, for people
 */
public record MovementRow(
        long clientId,
        String id,
        LocalDate date,
        String locator,
        long locatorId,
        String product,
        long productId,
        String charge,
        long chargeId,
        BigDecimal taken,
        String kind,
        String text) {}
