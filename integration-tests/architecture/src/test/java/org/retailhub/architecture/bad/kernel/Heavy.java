package org.retailhub.architecture.bad.kernel;

import jakarta.jms.Message;
import org.retailhub.architecture.Breaks;

@Breaks("kernelKnowsTheJdkOnly")
public record Heavy(Message message) {}
