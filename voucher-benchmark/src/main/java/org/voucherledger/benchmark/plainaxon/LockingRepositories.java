package org.voucherledger.benchmark.plainaxon;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.axonframework.common.caching.Cache;
import org.axonframework.common.lock.PessimisticLockFactory;
import org.axonframework.eventsourcing.CachingEventSourcingRepository;
import org.axonframework.eventsourcing.EventSourcedAggregate;
import org.axonframework.eventsourcing.EventSourcingRepository;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.modelling.command.Repository;
import org.axonframework.modelling.command.RepositoryProvider;

/** One event-sourcing repository for each aggregate, with the lock that Axon gives it where nothing is said. */
final class LockingRepositories implements RepositoryProvider {

    private final Map<Class<?>, Repository<?>> repositories = new HashMap<>();

    LockingRepositories(Collection<Class<?>> aggregates, EventStore events, Cache cache) {
        aggregates.forEach(aggregate -> repositories.put(aggregate, repository(aggregate, events, cache)));
    }

    @Override
    @SuppressWarnings("unchecked")
    public <T> Repository<T> repositoryFor(Class<T> aggregate) {
        return (Repository<T>) repositories.get(aggregate);
    }

    private static <T> Repository<T> repository(Class<T> aggregate, EventStore events, Cache cache) {
        EventSourcingRepository.Builder<T> builder = EventSourcingRepository.builder(aggregate)
                .eventStore(events)
                .lockFactory(PessimisticLockFactory.usingDefaults())
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
