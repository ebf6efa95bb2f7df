package org.retailhub.architecture.bad.runtime;

import org.retailhub.architecture.Breaks;
import org.retailhub.architecture.bad.alpha.UseCase;

@Breaks("runtimeKnowsNoModule")
public record Knowing(UseCase useCase) {}
