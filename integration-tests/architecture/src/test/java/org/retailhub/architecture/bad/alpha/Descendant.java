package org.retailhub.architecture.bad.alpha;

import org.retailhub.architecture.Breaks;
import org.retailhub.platform.runtime.server.ModuleKit;

@Breaks("platformGivesNoBaseClass")
public class Descendant extends ModuleKit {}
