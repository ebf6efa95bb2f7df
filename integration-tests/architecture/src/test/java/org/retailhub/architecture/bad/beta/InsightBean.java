package org.retailhub.architecture.bad.beta;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import org.retailhub.platform.kernel.Insight;

/** As it should be, but no {@code Imports} has it. */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public abstract class InsightBean implements Insight {}
