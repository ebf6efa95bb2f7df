package org.retailhub.channel.domain;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.retailhub.platform.kernel.Lane;

/**
 * One kind of channel: its package is a pure translator and this thin binding to it. Stateless; nothing here reads a clock, a database
 * or the network.
 */
public interface Connector {
    /** As connections name it. */
    String kind();

    Set<Capability> capabilities();

    /**
     * Whether the bytes bear a signature made with one of the secrets. Takes as long whichever secret fits, or none.
     *
     * @param header by name, whatever the case; null if it is not there
     */
    boolean isSigned(UnaryOperator<@Nullable String> header, byte[] body, List<byte[]> secrets);

    /** What the headers say about a signed payload. */
    Delivery delivery(UnaryOperator<@Nullable String> header);

    /** How urgent a signed payload is; what is not known is the least. */
    Lane lane(String topic);

    /** There exactly if {@link Capability#ASKING} is among the capabilities. */
    Optional<Asking> asking();

    /** There exactly if {@link Capability#STOCK} is among the capabilities. */
    Optional<StockTelling> stock();

    /** There exactly if {@link Capability#SHIPMENTS} is among the capabilities. */
    Optional<ShipmentTelling> shipments();

    /** Never throws for anything that the bytes may be. */
    Translation translate(Connection connection, String topic, byte[] body);
}
