package org.voucherledger.domain.aggregate;

/**
 * What an aggregate knows at a moment: an immutable value, the fold of its events.
 *
 * <p>Deciding reads it and checks rules; evolving accepts history without checks. Before its first event every stream has
 * an empty state for which {@link #exists()} is false.
 *
 * @param <S> the state itself
 * @param <E> the events of its stream
 */
public interface State<S, E extends DomainEvent> {

    boolean exists();

    /** The state after the event; history is accepted as it is. */
    S evolve(E event);

    /** The scheme version its decisions stand under, as {@code schemeId@version}; empty where none applies. */
    default String schemeVersion() {
        return "";
    }
}
