package org.retailhub.architecture.bad.alpha;

import jakarta.transaction.Transactional;
import org.retailhub.architecture.Breaks;

@Breaks("useCasesOpenNoTransaction")
public class OpensTransaction {
    @Transactional
    public void act() {
        // The annotation is the fault.
    }
}
