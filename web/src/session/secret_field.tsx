import { PasswordInput } from '@mantine/core';

export const SHORTEST_PASSWORD = 10;

interface SecretFieldProps {
  label: string;
  autoComplete: 'current-password' | 'new-password';
  value: string;
  onChange: (value: string) => void;
  description?: string;
  error?: string | undefined;
  autoFocus?: boolean;
}

export function SecretField({ onChange, ...rest }: SecretFieldProps) {
  return (
    <PasswordInput
      mt="sm"
      required
      {...rest}
      onChange={(event) => {
        onChange(event.currentTarget.value);
      }}
    />
  );
}
