package org.retailhub.architecture.bad.alpha;

import javax.sql.DataSource;
import org.retailhub.architecture.Breaks;

@Breaks("onlyWiringHoldsTheDataSource")
public record HoldsDataSource(DataSource dataSource) {}
