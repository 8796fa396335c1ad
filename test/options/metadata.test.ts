import { each, PropsOf, SERVICES, SPEC, testReach } from '../support/reach';

testReach<PropsOf<'metadata'>>({
  'metadata.podLabels': {
    props: { metadata: { podLabels: { team: 'blue' } } },
    reaches: each([SPEC], '.template.metadata.labels.team', undefined, 'blue'),
  },
  'metadata.podAnnotations': {
    props: { metadata: { podAnnotations: { 'example.com/scrape': 'true' } } },
    reaches: each([SPEC], '.template.metadata.annotations[example.com/scrape]', undefined, 'true'),
  },
  'metadata.serviceLabels': {
    props: { metadata: { serviceLabels: { team: 'blue' } } },
    reaches: each(SERVICES, ': metadata.labels.team', undefined, 'blue'),
  },
  'metadata.serviceAnnotations': {
    props: { metadata: { serviceAnnotations: { 'example.com/dns': 'db' } } },
    reaches: each(SERVICES, ': metadata.annotations', undefined, {
      'example.com/dns': 'db',
    }),
  },
});
