package org.retailhub.simulator.erp;

import java.sql.Connection;
import java.sql.SQLException;

/** Where fresh connections come from; the caller closes them. */
@FunctionalInterface
public interface ConnectionSource {
    Connection open() throws SQLException;
}
