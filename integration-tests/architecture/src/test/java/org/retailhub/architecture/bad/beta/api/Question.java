package org.retailhub.architecture.bad.beta.api;

/** Good: what others may ask. */
public interface Question {
    String answer();
}
