package org.retailhub.architecture.bad.alpha.rest;

import jakarta.persistence.EntityManager;
import org.retailhub.architecture.Breaks;

@Breaks("onlyRepositoriesHaveAnEntityManager")
public record Rows(EntityManager entities) {}
