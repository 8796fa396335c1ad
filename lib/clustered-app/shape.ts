import { k8s } from 'cdk8s-plus-28';
import { group, kubernetes, list, map, number, Shape, text } from '../rules/kinds';
import { claimRetention, labels, podManagementPolicy, serviceShape, size, update } from '../rules/shape';
import { ClaimProps, ClientServiceProps, ClusteredAppProps, PodMetadataProps } from './props';

/** The kind of each prop of `ClusteredApp`. */
export const appShape: Shape<ClusteredAppProps> = {
  name: text('"eureka"'),
  namespace: text('"shop"'),
  replicas: number('3'),
  ports: map('{ http: 8080 }', number('8080')),
  pod: kubernetes('k8s.PodSpec', k8s.toJson_PodSpec),
  podMetadata: group<PodMetadataProps>({ labels, annotations: labels }, '{ labels: { team: "blue" } }'),
  claims: list(
    group<ClaimProps>(
      { name: text('"data"'), size, storageClassName: text('"fast"'), accessModes: list(text('"ReadWriteOnce"')) },
      '{ name: "data", size: Size.gibibytes(10) }',
      ['name', 'size'],
    ),
  ),
  claimRetention,
  services: list(group<ClientServiceProps>({ name: text('"web"'), ...serviceShape }, '{ name: "web" }', ['name'])),
  podManagementPolicy,
  update,
};
