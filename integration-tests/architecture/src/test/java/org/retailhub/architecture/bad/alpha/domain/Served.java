package org.retailhub.architecture.bad.alpha.domain;

import org.retailhub.architecture.Breaks;
import org.retailhub.platform.runtime.sql.Database;

@Breaks("domainKnowsNoServer")
public record Served(Database database) {}
