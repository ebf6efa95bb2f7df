package org.retailhub.architecture.bad.alpha;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.retailhub.architecture.Breaks;

@Breaks("statementsGoThroughTheRuntime")
public final class StatementByHand {
    public int run(PreparedStatement statement) throws SQLException {
        return statement.executeUpdate();
    }
}
