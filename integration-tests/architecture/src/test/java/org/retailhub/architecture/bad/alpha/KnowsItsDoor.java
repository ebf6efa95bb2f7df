package org.retailhub.architecture.bad.alpha;

import org.retailhub.architecture.Breaks;
import org.retailhub.architecture.bad.alpha.rest.OpenDoor;

@Breaks("useCasesKnowNoAdapter")
public record KnowsItsDoor(OpenDoor door) {}
