package org.retailhub.architecture.bad.alpha.api;

/** Good: a question of alpha's. */
public interface Answers {
    String answer();
}
