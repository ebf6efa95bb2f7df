package org.retailhub.channel.domain;

/** A channel's document: the connection's code and the channel's own key, such as {@code order/4711}. */
public record DocumentKey(String connection, String document) {}
