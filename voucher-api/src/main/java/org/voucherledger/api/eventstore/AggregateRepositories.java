package org.voucherledger.api.eventstore;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.axonframework.common.caching.Cache;
import org.axonframework.common.lock.LockFactory;
import org.axonframework.common.lock.NullLockFactory;
import org.axonframework.eventsourcing.CachingEventSourcingRepository;
import org.axonframework.eventsourcing.EventSourcedAggregate;
import org.axonframework.eventsourcing.EventSourcingRepository;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.modelling.command.Repository;
import org.axonframework.modelling.command.RepositoryProvider;

/** One event-sourcing repository for each aggregate. */
public final class AggregateRepositories implements RepositoryProvider {

    private final Map<Class<?>, Repository<?>> repositories = new HashMap<>();

    /** Without locks, because one lane writes at a time. */
    public AggregateRepositories(Collection<Class<?>> aggregates, EventStore events, Cache cache) {
        this(aggregates, events, cache, NullLockFactory.INSTANCE);
    }

    /** @param locks what keeps others from an aggregate that is being continued */
    public AggregateRepositories(Collection<Class<?>> aggregates, EventStore events, Cache cache, LockFactory locks) {
        aggregates.forEach(aggregate -> repositories.put(aggregate, repository(aggregate, events, cache, locks)));
    }

    @Override
    @SuppressWarnings("unchecked")
    public <T> Repository<T> repositoryFor(Class<T> aggregate) {
        var repository = (Repository<T>) repositories.get(aggregate);
        if (repository == null) {
            throw new IllegalArgumentException(aggregate + " is not an aggregate of this ledger");
        }
        return repository;
    }

    private static <T> Repository<T> repository(Class<T> aggregate, EventStore events, Cache cache, LockFactory locks) {
        EventSourcingRepository.Builder<T> builder = EventSourcingRepository.builder(aggregate)
                .eventStore(events)
                .lockFactory(locks)
                .cache(cache);
        return new CachesOnlyWhatHasHappened<>(builder);
    }

    /** A stream that was only looked at, and has no event, leaves nothing behind. */
    private static final class CachesOnlyWhatHasHappened<T> extends CachingEventSourcingRepository<T> {

        CachesOnlyWhatHasHappened(EventSourcingRepository.Builder<T> builder) {
            super(builder);
        }

        @Override
        protected void doSaveWithLock(EventSourcedAggregate<T> aggregate) {
            if (aggregate.version() != null) {
                super.doSaveWithLock(aggregate);
            }
        }
    }
}
